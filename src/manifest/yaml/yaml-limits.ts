/**
 * Most tokens of one document: 12 MB of what `kubectl get -o yaml` writes, which has 3.5 to 3.8 bytes for each. The parser keeps
 * 200 to 500 bytes for each of them, so hostile text takes at most 1.8 GB. A document of Helm output has some hundreds.
 */
export const MAX_DOCUMENT_TOKENS = 3_500_000;

/** Deepest nesting. Custom resource definitions, the deepest that people write, stay below 60. */
export const MAX_DOCUMENT_DEPTH = 200;

/** Most mistakes that are told of one document: a file that is no YAML has one on every line. */
export const MAX_TOLD_PROBLEMS = 20;
