/** Most bytes that one run reads, over all files. */
export const MAX_INPUT_BYTES = 32 * 1024 * 1024;

/**
 * Most objects and containers of one run, together. An assessment keeps 10 to 70 KB for each until it is done, so that hostile
 * input takes at most 1.8 GB. A namespace has some hundreds.
 */
export const MAX_OBJECTS = 25_000;

/** Most problems that are told of one file: what has more of them is no list of manifests, and the rest of it is not read. */
export const MAX_FILE_PROBLEMS = 100;
