package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Large bodies in one direction; in the other there are but a few bytes.
 *
 * @param bytes of one body
 * @param upload whether clients send them, rather than the backend
 */
public record Transfers(boolean upload, int bytes, int connections) implements Traffic {
  private static final int MEGABYTE = 1024 * 1024;

  public static Transfers down(int bytes, int connections) {
    return new Transfers(false, bytes, connections);
  }

  public static Transfers up(int bytes, int connections) {
    return new Transfers(true, bytes, connections);
  }

  /** What to ask the backend for: a path says how many bytes the answer has. */
  public String path() {
    return "/bytes/" + answerBytes();
  }

  @Override
  public Class<?> backend() {
    return TransferBackend.class;
  }

  @Override
  public String words() {
    return (upload ? "uploads" : "downloads")
        + " of "
        + bytes / MEGABYTE
        + " MB on "
        + connections
        + " keep-alive connections";
  }

  @Override
  public Load load(Cores cores, Path folder) {
    return OwnLoad.transfers(cores, folder, this);
  }

  @Override
  public void check(Target target) {
    try {
      TransferGenerator.exchangeOnce(target, this);
    } catch (IOException e) {
      throw new BenchFailure(target.url(path()) + " does not transfer: " + e.getMessage(), e);
    }
  }

  int requestBytes() {
    return upload ? bytes : 0;
  }

  int answerBytes() {
    return upload ? 2 : bytes;
  }
}
