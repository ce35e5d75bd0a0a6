package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a run takes place: the repository it reads configuration from, a temporary folder it writes
 * to, and the cores it may use.
 */
public record Workplace(Path repository, Path folder, Cores cores) {

  /** A port of the loopback address that was free a moment ago. */
  public int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchFailure("no free port", e);
    }
  }

  /** Writes the peer's configuration file with its <code>${…}</code> places filled. */
  Path configure(String file, Map<String, String> values) {
    try {
      String text = Files.readString(repository.resolve("bench/peers").resolve(file));
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      return Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new BenchFailure("cannot write the configuration " + file + ": " + e.getMessage(), e);
    }
  }
}
