package io.portico.gateway.compute;

/**
 * What carries the calling thread. A request's thread starts on the event loop that read the
 * request, and others wait for that loop: there a thread may wait as long as it likes, but compute
 * for a moment only. Whoever may compute for longer says so, and the thread goes on elsewhere.
 */
public interface Carrier {
  /** Carries a thread that nobody waits beside. */
  Carrier UNSHARED =
      new Carrier() {
        @Override
        public void computing() {}

        @Override
        public void computingForLong() {}
      };

  /**
   * Said now and then within a computation whose length is not known; once it has lasted a moment,
   * the thread goes on elsewhere. Costs a look at the clock.
   */
  void computing();

  /** Said before a computation that is long: the thread goes on elsewhere at once. */
  void computingForLong();
}
