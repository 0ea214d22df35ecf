import { z } from 'zod';
import { readYaml } from '../manifest';

/** How it is known that a digest belongs to a reference. */
const ROW = z.strictObject({
  reference: z.string().regex(/^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+:[\w][\w.-]*$/, 'must be registry/name:tag'),
  digest: z.string().regex(/^sha256:[a-f0-9]{64}$/, 'must be sha256: and 64 hexadecimal digits'),
  source: z.string().min(1),
  verified: z.enum(['sourced', 'resolved']),
});
const LOCK = z.strictObject({ images: z.record(z.string(), ROW) });

/** The images of a project by name, each fixed by a digest whose source is on record. */
export class ImageLock {
  public constructor(
    private readonly file: string,
    private readonly rows: ReadonlyMap<string, z.infer<typeof ROW>>,
  ) {}

  /**
   * `registry/name:tag@sha256:…` of the image called `name`.
   *
   * @throws if there is none: an image without a sourced digest is not run (POD-07)
   */
  public of(name: string): string {
    const row = this.rows.get(name);
    if (!row) {
      throw new Error(
        `${this.file}: there is no image '${name}' (control POD-07). It has ${[...this.rows.keys()].join(', ')}. Add its reference, digest and source.`,
      );
    }
    return `${row.reference}@${row.digest}`;
  }
}

/**
 * Reads `images.lock.yaml`.
 *
 * @throws with the position of everything that is wrong in it
 */
export function loadImageLock(file = 'images.lock.yaml'): ImageLock {
  const document = readYaml(file);
  const result = LOCK.safeParse(document.value);
  if (!result.success) {
    throw new Error(
      result.error.issues
        .map((issue) => `${document.positionOf(issue.path)} ${issue.path.join('.')}: ${issue.message} (control POD-07)`)
        .join('\n'),
    );
  }
  return new ImageLock(file, new Map(Object.entries(result.data.images)));
}
