/** Text that says in a table of Markdown what it says here: no markup, no HTML. */
export function plainText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|&~$]/g, '\\$&');
}

/** The text on one line, without the characters that control a terminal or the direction of text. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
}
