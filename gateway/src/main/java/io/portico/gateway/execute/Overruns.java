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
        public void payloadBeyond(StageSnapshot stage, long bytes) {}

        @Override
        public void iterations(StageSnapshot stage, long count) {}

        @Override
        public void headers(StageSnapshot stage, long bytes) {}

        @Override
        public void url(StageSnapshot stage, long characters) {}
      };

  /** A body of a request or an answer is longer than AWS takes. */
  void payload(StageSnapshot stage, long bytes);

  /** The same of a body that goes on after so many bytes, nobody knows how far. */
  void payloadBeyond(StageSnapshot stage, long bytes);

  /** A {@code #foreach} goes on for longer. */
  void iterations(StageSnapshot stage, long count);

  /** The values of a request's header fields are longer together. */
  void headers(StageSnapshot stage, long bytes);

  /** A request's URL is longer. */
  void url(StageSnapshot stage, long characters);
}
