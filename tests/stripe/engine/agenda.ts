/** One thing that will happen by itself: at which second, to which object. */
export interface Due {
  at: number;
  key: string;
  order: number;
}

/**
 * What is due next on one timeline. Each object has at most one entry, replaced when the object
 * changes; a stale heap entry is recognised by its order number and dropped when it surfaces.
 */
export class Agenda {
  private readonly heap: Due[] = [];
  private readonly current = new Map<string, Due>();
  private order = 0;

  /** `at` in seconds; `null` when nothing more will happen to the object by itself. */
  set(key: string, at: number | null): void {
    const known = this.current.get(key);
    if (at === null) {
      this.current.delete(key);
      return;
    }
    if (known?.at === at) return;
    this.order += 1;
    const due = { at, key, order: this.order };
    this.current.set(key, due);
    this.push(due);
  }

  /** The earliest entry no later than `limit` (seconds). */
  peekUntil(limit: number): Due | undefined {
    for (let top = this.heap[0]; top && top.at <= limit; top = this.heap[0]) {
      if (this.current.get(top.key) === top) return top;
      this.pop();
    }
    return undefined;
  }

  /** The same, taken off the agenda. */
  takeUntil(limit: number): Due | undefined {
    const due = this.peekUntil(limit);
    if (!due) return undefined;
    this.pop();
    this.current.delete(due.key);
    return due;
  }

  private push(due: Due): void {
    this.heap.push(due);
    let index = this.heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  private pop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      const child = this.isBefore(right, left) ? right : left;
      if (!this.swapIfBefore(child, index)) return;
      index = child;
    }
  }

  private swapIfBefore(child: number, parent: number): boolean {
    if (!this.isBefore(child, parent)) return false;
    const [a, b] = [this.heap[child], this.heap[parent]];
    if (!a || !b) return false;
    this.heap[child] = b;
    this.heap[parent] = a;
    return true;
  }

  private isBefore(left: number, right: number): boolean {
    const [a, b] = [this.heap[left], this.heap[right]];
    if (!a || !b) return false;
    return a.at === b.at ? a.order < b.order : a.at < b.at;
  }
}
