/** Closes a run with one plain line that any reader of a log understands. */
class ClosingLine {
  onRunComplete(
    _contexts,
    { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites }
  ) {
    // A suite that did not start has no test to count as failed.
    const failed = Math.max(numFailedTests, numFailedTestSuites);
    // Jest prints its own summary after every other reporter.
    process.once('exit', () => {
      process.stdout.write(
        `\n${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped\n`
      );
    });
  }
}

module.exports = ClosingLine;
