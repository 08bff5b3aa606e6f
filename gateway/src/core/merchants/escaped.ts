/** Text as HTML shows it: of nothing that somebody wrote is any mark taken for markup. */
const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => marks[mark] ?? '')
