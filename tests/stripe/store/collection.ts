import type { AnyObject } from '../types';

/**
 * The objects of one kind, in the order they were made. Rows are never changed in place: a
 * change puts a new row, so events and answers can share them without copying.
 */
export class Collection<Row extends AnyObject> {
  private readonly rows = new Map<string, Row>();
  private readonly removed = new Set<string>();

  constructor(
    /** What Stripe calls one of them in its messages: `No such customer: …`. */
    readonly label: string,
    private readonly onPut: (row: Row) => void = () => undefined
  ) {}

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  put(row: Row): Row {
    this.rows.set(row.id, row);
    this.onPut(row);
    return row;
  }

  remove(id: string): void {
    if (this.rows.delete(id)) this.removed.add(id);
  }

  wasRemoved(id: string): boolean {
    return this.removed.has(id);
  }

  /** Remembers what there is now; the answer puts it back. */
  mark(): () => void {
    const rows = new Map(this.rows);
    const removed = new Set(this.removed);
    return () => {
      this.rows.clear();
      this.removed.clear();
      for (const [id, row] of rows) this.rows.set(id, row);
      for (const id of removed) this.removed.add(id);
    };
  }

  /** Oldest first. */
  all(): Row[] {
    return [...this.rows.values()];
  }

  /** Newest first, the order of every list Stripe answers. */
  newestFirst(): Row[] {
    return this.all().reverse();
  }

  filter(test: (row: Row) => boolean): Row[] {
    return this.all().filter(test);
  }
}
