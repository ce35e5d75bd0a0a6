package io.portico.gateway.execute;

import io.portico.gateway.snapshot.ServedStage;

/** Is told of calls that are carried out although AWS would not. */
public interface Overruns {
  /** Nobody wants to know. */
  Overruns UNTOLD =
      new Overruns() {
        @Override
        public void payload(ServedStage stage, long bytes) {}

        @Override
        public void payloadBeyond(ServedStage stage, long bytes) {}

        @Override
        public void iterations(ServedStage stage, long count) {}

        @Override
        public void headers(ServedStage stage, long bytes) {}

        @Override
        public void url(ServedStage stage, long characters) {}

        @Override
        public void authorizerResult(ServedStage stage, long bytes) {}
      };

  /** A body of a request or an answer is longer than AWS takes. */
  void payload(ServedStage stage, long bytes);

  /** The same of a body that goes on after so many bytes, nobody knows how far. */
  void payloadBeyond(ServedStage stage, long bytes);

  /** A {@code #foreach} goes on for longer. */
  void iterations(ServedStage stage, long count);

  /** The values of a request's header fields are longer together. */
  void headers(ServedStage stage, long bytes);

  /** A request's URL is longer. */
  void url(ServedStage stage, long characters);

  /** What an authorizer answers is longer. */
  void authorizerResult(ServedStage stage, long bytes);
}
