/** What people show to say who they are, over real cryptography. */
export { argon2Passwords } from './argon2-passwords.js'
export { otplibCodes } from './otplib-codes.js'
