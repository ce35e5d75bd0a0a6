package io.portico.gateway.execute;

import io.portico.gateway.snapshot.StageSnapshot;

/** Is told of calls that are carried out although AWS would not. */
public interface Overruns {
  /** Nobody wants to know. */
  Overruns UNTOLD =
      new Overruns() {
        @Override
        public void payload(StageSnapshot stage, long bytes) {}

        @Override
        public void iterations(StageSnapshot stage, long count) {}
      };

  /** A body of a request or an answer is longer than AWS takes. */
  void payload(StageSnapshot stage, long bytes);

  /** A {@code #foreach} goes on for longer. */
  void iterations(StageSnapshot stage, long count);
}
