// From the description of a message to its cases: what is accepted, and every field broken in every
// way that its rule knows. Encoding goes through the generated module alone, which checks nothing.
import { packed, shown, text, unhex, hex } from './bytes.mjs'

const steps = (path) => path.split(/[.[\]]+/).filter((step) => step !== '')

/** A deep copy with one field replaced. */
export const withField = (shape, path, value) => {
  const copy = structuredClone(shape)
  const names = steps(path)
  const last = names.pop()
  let at = copy
  for (const step of names) at = at[step]
  at[last] = value
  return copy
}

const invalidMark = 'NOT UTF-8 FROM HERE'

/** The same bytes with the marked text turned into bytes that are no UTF-8. */
const spoilText = (bytes) => {
  const mark = hex(text(invalidMark))
  const spoiled = hex(bytes).replace(mark, `c3${'28'.repeat(invalidMark.length - 1)}`)
  if (spoiled === hex(bytes)) throw new Error('no marked text in these bytes')
  return unhex(spoiled)
}

export const accepted = (encode, description, shape) => ({
  description,
  bytes: packed(encode(shape)),
  value: shown(shape),
})

export const refused = (description, bytes, code, field) => ({
  description,
  bytes: packed(bytes),
  error: { code, field },
})

/**
 * @param encode  from shape to bytes
 * @param base    the shape that is broken, one field at a time; it must be acceptable
 * @param fields  path of a field -> ways to break it
 * @param prefix  what stands before the path in the product's answer
 * @param wrap    from the part that the paths are about to the whole shape
 */
export const brokenFields = ({ encode, base, fields, prefix = '', wrap = (part) => part }) => {
  const cases = []
  for (const [path, ways] of Object.entries(fields)) {
    for (const [how, value] of ways) {
      const bytes = encode(wrap(withField(base, path, value)))
      cases.push(refused(`${path} ${how}`, bytes, 'MALFORMED', `${prefix}${path}`))
    }
    if (ways.some(([, value]) => typeof value === 'string')) {
      const bytes = spoilText(encode(wrap(withField(base, path, invalidMark))))
      cases.push(refused(`${path} is not valid UTF-8`, bytes, 'MALFORMED', ''))
    }
  }
  return cases
}
