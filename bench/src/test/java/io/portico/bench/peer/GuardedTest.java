package io.portico.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardedTest {
  @TempDir private Path folder;
  private HttpServer server;
  private Child process;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    process = Child.start("gateway", folder, List.of("sleep", "60"), Map.of());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    process.close();
  }

  @Test
  void aGatewayThatKeepsStrangersOutAndLogsItIsMeasured() throws IOException {
    Path log = Files.createFile(folder.resolve("access.log"));
    server.createContext("/", exchange -> answer(exchange, 403, log));

    Running gateway = started(Optional.of(new AccessLog(log)));

    assertThat(gateway.process()).isSameAs(process);
    assertThat(log).isEmptyFile();
  }

  @Test
  void aGatewayThatLetsStrangersInIsEnded() throws IOException {
    Path log = Files.createFile(folder.resolve("access.log"));
    server.createContext("/", exchange -> answer(exchange, 200, log));

    assertThatThrownBy(() -> started(Optional.of(new AccessLog(log))))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("does not answer as it must");
    assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aGatewayWithoutALogIsNotMeasured() throws IOException {
    Path log = Files.createFile(folder.resolve("access.log"));
    server.createContext("/", exchange -> answer(exchange, 403, log));

    assertThatThrownBy(() -> started(Optional.empty())).hasMessageContaining("no access log");
  }

  private Running started(Optional<AccessLog> log) {
    Peer peer =
        new Peer() {
          @Override
          public String name() {
            return "gateway";
          }

          @Override
          public Optional<String> missing() {
            return Optional.empty();
          }

          @Override
          public Running start(Workplace workplace, int backendPort) {
            Target target = Target.at(server.getAddress().getPort());
            return new Running(name(), "1", process, target, log);
          }
        };
    return Guarded.catalog(peer).start(new Workplace(folder, folder, new Cores()), 1);
  }

  private static void answer(HttpExchange exchange, int status, Path log) throws IOException {
    Files.writeString(log, "a call\n", StandardOpenOption.APPEND);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
