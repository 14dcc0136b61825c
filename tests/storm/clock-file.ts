import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const BYTES = 8;

/** One number in a file, which several processes read cheaply: the storm's time, in milliseconds. */
export const writeClock = (path: string) => {
  const file = openSync(path, 'w');
  const buffer = Buffer.alloc(BYTES);
  return {
    set(milliseconds: number): void {
      buffer.writeDoubleLE(milliseconds);
      writeSync(file, buffer, 0, BYTES, 0);
    },
    close: () => closeSync(file),
  };
};

export type ClockWriter = ReturnType<typeof writeClock>;

export const readClock = (path: string): (() => number) => {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(BYTES);
  return () => {
    readSync(file, buffer, 0, BYTES, 0);
    return buffer.readDoubleLE();
  };
};
