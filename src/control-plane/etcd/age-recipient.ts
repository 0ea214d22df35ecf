const RECIPIENTS = [
  /^age1[02-9ac-hj-np-z]{58}$/, // X25519
  /^age1[a-z0-9]+1[02-9ac-hj-np-z]{58,}$/, // a plugin's, such as age1yubikey1…
  /^ssh-(ed25519|rsa) [A-Za-z0-9+/]+={0,2}$/,
];

/** Why a text is no public key that `age` encrypts to, or undefined if it is one. The text itself is not shown: it may be a secret key. */
export function recipientProblem(text: string): string | undefined {
  if (/AGE-SECRET-KEY|PRIVATE KEY/i.test(text)) {
    return 'is a secret key: whoever reads this file could read every backup. Give the public key (age-keygen -y), and make a new pair';
  }
  return RECIPIENTS.some((form) => form.test(text))
    ? undefined
    : 'is no public key: give `age1…`, or an SSH key as `ssh-ed25519 AAAA…` without a comment';
}
