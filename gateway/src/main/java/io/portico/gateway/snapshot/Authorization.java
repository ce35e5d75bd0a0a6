package io.portico.gateway.snapshot;

/** Whom a method lets in, by its {@code authorizationType}. */
public sealed interface Authorization {

  /** {@code NONE}: everybody. */
  record Open() implements Authorization {
    public static final Open INSTANCE = new Open();
  }

  /** Nobody: a setting that restricts access and is not enforced yet, or cannot be understood. */
  record Closed(Refusal refusal) implements Authorization {}
}
