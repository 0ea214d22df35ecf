const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Longest name that is still a DNS label (RFC 1123). */
export const DNS_LABEL_MAX = 63;

/** Why `name` is not a DNS label (RFC 1123: lower case, digits and `-`, at most 63 characters), or undefined if it is one. */
export function dnsLabelProblem(name: string, maxLength = DNS_LABEL_MAX): string | undefined {
  if (name.length > maxLength) {
    return `'${name}' has ${name.length} characters, at most ${maxLength} are allowed`;
  }
  return DNS_LABEL.test(name)
    ? undefined
    : `'${name}' is not a DNS label: only lower-case letters, digits and '-', starting and ending with a letter or digit`;
}
