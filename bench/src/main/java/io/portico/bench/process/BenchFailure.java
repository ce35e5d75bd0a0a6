package io.portico.bench.process;

/** A run that cannot go on, with the one line the user reads. */
public final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchFailure(String line) {
    super(line);
  }

  public BenchFailure(String line, Throwable cause) {
    super(line, cause);
  }
}
