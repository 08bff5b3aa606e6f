// As much of PromQL as is needed to see that an expression is one, and which metrics and labels it names.
export interface Selector {
  readonly metric: string
  readonly labels: readonly string[]
}

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign'
  readonly text: string
}

const forms: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /^(?:\d+(?:\.\d+)?(?:ms|[smhdwy])|\d+(?:\.\d+)?)(?![A-Za-z_])/],
  ['name', /^(?:\$__)?[A-Za-z_][A-Za-z0-9_:]*/],
  ['text', /^"(?:[^"\\\n]|\\.)*"/],
  ['sign', /^(?:==|!=|>=|<=|=~|!~|[-+*/%^=<>(){}[\],])/],
]

const tokensOf = (expression: string): readonly Token[] => {
  const tokens: Token[] = []
  let rest = expression.trimStart()
  while (rest !== '') {
    const found = forms.flatMap(([kind, form]) => {
      const text = form.exec(rest)?.[0]
      return text === undefined ? [] : [{ kind, text }]
    })[0]
    if (found === undefined) throw new Error(`not PromQL at: ${rest}`)
    tokens.push(found)
    rest = rest.slice(found.text.length).trimStart()
  }
  return tokens
}

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' }

const checkBrackets = (tokens: readonly Token[], expression: string): void => {
  const open: string[] = []
  for (const { kind, text } of tokens) {
    if (kind !== 'sign') continue
    const end = closing[text]
    if (end !== undefined) open.push(end)
    else if (')}]'.includes(text) && open.pop() !== text) throw new Error(`brackets: ${expression}`)
  }
  if (open.length > 0) throw new Error(`an open bracket: ${expression}`)
}

const functions: ReadonlySet<string> = new Set([
  ...[
    'sum',
    'absent',
    'count',
    'max',
    'min',
    'avg',
    'rate',
    'increase',
    'histogram_quantile',
    'label_values',
    'time',
  ],
])
const groupings: ReadonlySet<string> = new Set(['by', 'without'])
const words: ReadonlySet<string> = new Set([
  'and',
  'or',
  'unless',
  'offset',
  'bool',
  '$__rate_interval',
])

/** From behind an opening bracket to the place of its end, and the names in between that `wanted` takes. */
const namesUntil = (tokens: readonly Token[], from: number, end: string) => {
  const names: string[] = []
  let at = from
  for (; tokens[at]?.text !== end; at++) {
    const { kind, text } = tokens[at]!
    if (kind === 'name') names.push(text)
  }
  return { names, at }
}

/** Every metric that the expression names, with the labels that it asks it for. Throws where it is no PromQL. */
export const selectorsIn = (expression: string): readonly Selector[] => {
  const tokens = tokensOf(expression)
  checkBrackets(tokens, expression)
  const selectors: Selector[] = []
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!
    const next = tokens[at + 1]?.text
    if (kind !== 'name' || words.has(text)) continue
    if (groupings.has(text)) {
      if (next !== '(') throw new Error(`by what? ${expression}`)
      at = namesUntil(tokens, at + 2, ')').at
    } else if (next === '(' || groupings.has(next ?? '')) {
      if (!functions.has(text)) throw new Error(`an unknown function: ${text}`)
      // What Grafana asks for names a label behind the metric.
      if (text === 'label_values') return [{ metric: tokens[at + 2]!.text, labels: [] }]
    } else if (next === '{') {
      const { names, at: end } = namesUntil(tokens, at + 2, '}')
      selectors.push({ metric: text, labels: names })
      at = end
    } else selectors.push({ metric: text, labels: [] })
  }
  return selectors
}
