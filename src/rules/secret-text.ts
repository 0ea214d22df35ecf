/** A secret in a text: what it is, and where. Never what it says. */
export interface SecretText {
  /** Such as `a private key`. */
  readonly what: string;
  /** First character of it. */
  readonly at: number;
  readonly length: number;
}

/** Secrets that say themselves what they are. */
const FORMS: readonly (readonly [what: string, form: string])[] = [
  ['a private key', '-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----'],
  ['a secret key of age', 'AGE-SECRET-KEY-1[0-9A-Z]{50,}'],
  ['a signed token', '\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{16,}'],
  // kubeadm: https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/#token-format
  ['a bootstrap token', '(?<![\\w.-])(?=[a-z.]*[0-9])[a-z0-9]{6}\\.(?=[a-z]*[0-9])[a-z0-9]{16}(?![\\w.-])'],
  ['a key in base64', '(?<![\\w+/=.:-])[A-Za-z0-9+/]{42,}={0,2}(?![\\w+/=])'],
];

const ALL = new RegExp(FORMS.map(([, form]) => `(${form})`).join('|'), 'g');

/** The shortest secret of these forms. */
const SHORTEST = 23;

/** Bytes of keys for encryption and of tokens; longer base64 is a certificate or a file. */
const KEY_BYTES = { least: 31, most: 66 } as const;

/** Every secret in a text. Base64 counts when it may be a key: of a key's length, mixed as only chance mixes, and no certificate or digest. */
export function secretsIn(text: string): SecretText[] {
  if (text.length < SHORTEST) {
    return [];
  }
  const shown = publicBlocks(text);
  return [...text.matchAll(ALL)].flatMap((match) => {
    const place = FORMS.findIndex((_, index) => match[index + 1] !== undefined);
    const [what = ''] = FORMS[place] ?? [];
    const [found] = match;
    const inBase64 = place === FORMS.length - 1;
    const isPublic = shown.some(({ at, end }) => at < match.index && match.index < end);
    return inBase64 && (isPublic || !isKey(found, text.slice(0, match.index))) ? [] : [{ what, at: match.index, length: found.length }];
  });
}

/** What PEM holds that everybody may read. Its lines are as long as keys. */
const PUBLIC_PEM = /-----BEGIN ((?:TRUSTED )?CERTIFICATE(?: REQUEST)?|X509 CRL|PUBLIC KEY)-----([^-]*)-----END \1-----/g;

/** Bytes of the shortest: a public key of ECDSA. What is shorter, or no sequence of ASN.1, says that it is public and is not. */
const LEAST_PUBLIC_BYTES = 91;
const ASN1_SEQUENCE = 0x30;

function publicBlocks(text: string): { readonly at: number; readonly end: number }[] {
  return [...text.matchAll(PUBLIC_PEM)].flatMap(({ 0: block, 2: body = '', index }) => {
    const bytes = Buffer.from(body.replaceAll('\\n', ''), 'base64');
    return bytes.length >= LEAST_PUBLIC_BYTES && bytes[0] === ASN1_SEQUENCE ? [{ at: index, end: index + block.length }] : [];
  });
}

function isKey(base64: string, before: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.includes('PRIVATE KEY-----')) {
    return true;
  }
  const mixed = [/[a-z]/, /[A-Z]/, /[0-9]/].every((form) => form.test(base64));
  const digest = /sha(1|256|384|512)[:-]$/i.test(before);
  const publicKey = base64.startsWith('AAAA'); // of SSH: the length of the name of the algorithm
  const words = (base64.match(/[a-z]{4,}/g) ?? []).join('').length; // of a path, or of a name in camel case
  return (
    mixed &&
    !digest &&
    !publicKey &&
    words < base64.length * MOST_IN_WORDS &&
    bytes.length >= KEY_BYTES.least &&
    bytes.length <= KEY_BYTES.most &&
    isRandom(base64)
  );
}

/** Share of characters in runs of small letters: about a tenth by chance, most of them in names. */
const MOST_IN_WORDS = 0.4;

/** Bits of a character of random base64 of some 43 characters come to 4.9 and more; text and repetition stay well below. */
const LEAST_BITS = 4.2;

function isRandom(text: string): boolean {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0) >= LEAST_BITS;
}
