import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** A text report in colour, where the stream is a terminal that has them and nobody says NO_COLOR. */
export function coloured(text: string, stream: Partial<Pick<WriteStream, 'isTTY' | 'hasColors'>>): string {
  if (!stream.isTTY || !stream.hasColors?.()) {
    return text;
  }
  const paint = (colour: 'red' | 'dim', part: string): string => styleText(colour, part, { validateStream: false }); // asked above
  return text.replace(/^✗ .*$/gm, (line) => paint('red', line)).replace(/^ {4}[a-z]+ /gm, (label) => paint('dim', label));
}
