/**
 * Text from elsewhere, safe to show: control characters, those that turn the direction of text or break a line, and those
 * that XML cannot hold, are escaped. A name must not steer the terminal, the log or the page that it is read in.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}
