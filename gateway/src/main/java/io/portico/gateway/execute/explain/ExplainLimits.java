package io.portico.gateway.execute.explain;

/**
 * How much is kept of the requests that were answered, so that an explanation costs a busy gateway
 * nothing that matters: what is refused has a ring of its own, so that no flood of others pushes
 * out what somebody asks for.
 *
 * @param requests most requests that were answered as they were meant to be
 * @param refusals most that were refused or have failed
 * @param bytes of memory for each of the two, roughly
 * @param requestsPerSecond most of the former that are looked at in a second; the others are not
 *     kept
 * @param refusalsPerSecond the same of the latter
 */
public record ExplainLimits(
    int requests, int refusals, long bytes, int requestsPerSecond, int refusalsPerSecond) {

  /** What is enough for whoever develops, and little beside what a gateway takes. */
  public static final ExplainLimits STANDARD =
      new ExplainLimits(250, 1000, 4L * 1024 * 1024, 50, 200);
}
