/** Characters that JSON may hold as they are, and a terminal may take for commands: control and direction characters. */
const STEERING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as indented JSON that is safe to show: the same data, with more of it escaped than JSON asks for. */
export function plainJson(value: unknown): string {
  const escaped = JSON.stringify(value, undefined, 2).replace(STEERING, (character) =>
    [...Array(character.length).keys()].map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
  return `${escaped}\n`;
}
