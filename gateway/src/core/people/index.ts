/** What others may name of people: roles, limits, and the service behind the API. */
export { peopleLimits } from './limits.js'
export {
  hasRole,
  isPersonRole,
  personRoles,
  rolesFault,
  rolesOf,
  rolesText,
  type PersonRole,
} from './roles.js'
export {
  createPeopleService,
  isSessionText,
  type Credentials,
  type PeoplePorts,
  type PeopleService,
  type SignedIn,
} from './people-service.js'
