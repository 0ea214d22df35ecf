import { UnreadableFile } from './unreadable-file';

/**
 * The bytes as text. A wrong byte that is replaced in silence would be another name than the one that was written.
 *
 * @throws {UnreadableFile} if they are no text in UTF-8
 */
export function utf8(bytes: Uint8Array, file: string): string {
  if (bytes.includes(0)) {
    throw new UnreadableFile(file, 'it is not UTF-8 text, but binary data, or text of another encoding. Save it as UTF-8.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(file, 'it is not UTF-8 text. Save it as UTF-8.');
  }
}
