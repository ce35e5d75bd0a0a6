package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run takes place: the repository it reads configuration from, a temporary folder it writes
 * to, and the cores it may use.
 */
public record Workplace(Path repository, Path folder, Cores cores) implements AutoCloseable {

  /**
   * One with a folder that goes with it.
   *
   * @throws BenchFailure outside a checkout
   */
  public static Workplace temporary() {
    return temporary(new Cores());
  }

  /** The same on these cores. */
  public static Workplace temporary(Cores cores) {
    try {
      return new Workplace(checkout(), Files.createTempDirectory("portico-bench"), cores);
    } catch (IOException e) {
      throw new BenchFailure("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  /** The checkout this harness was built in: where its peers' configuration and its page are. */
  private static Path checkout() {
    for (@Nullable Path folder = Path.of("").toAbsolutePath();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("bench/peers"))) {
        return folder;
      }
    }
    throw new BenchFailure("run this in a checkout of Portico: no bench/peers above this folder");
  }

  /** A port of the loopback address that was free a moment ago. */
  public int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchFailure("no free port", e);
    }
  }

  /** A folder of its own for the gateway called {@code name}. */
  Path subfolder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name.replaceAll("\\W+", "-")));
    } catch (IOException e) {
      throw new BenchFailure("cannot make a folder for " + name + ": " + e.getMessage(), e);
    }
  }

  /** The certificate of every gateway that is called over TLS. */
  Certificate certificate() {
    return Certificate.in(folder);
  }

  /** A file of {@code bench/peers} as it stands there. */
  String text(String file) {
    try {
      return Files.readString(peers().resolve(file));
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** {@code bench/peers}. */
  Path peers() {
    return repository.resolve("bench/peers");
  }

  /** Writes the peer's configuration file with its <code>${…}</code> places filled. */
  public Path configure(String file, Map<String, String> values) {
    String text = text(file);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    try {
      Path written = folder.resolve(file);
      Files.createDirectories(written.getParent());
      return Files.writeString(written, text);
    } catch (IOException e) {
      throw new BenchFailure("cannot write the configuration " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
    }
  }
}
