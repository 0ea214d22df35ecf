/** Bounds how many things are under way at once: what is registered and not yet answered is held in memory whole. */
export class InFlight {
  private count = 0;
  private readonly waiting: (() => void)[] = [];

  public constructor(private readonly most: number) {}

  /** Comes back when there is room for one more, and takes it. One caller at a time. */
  public async enter(): Promise<void> {
    if (this.count >= this.most) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.count += 1;
  }

  public leave(): void {
    this.count -= 1;
    this.waiting.shift()?.();
  }
}
