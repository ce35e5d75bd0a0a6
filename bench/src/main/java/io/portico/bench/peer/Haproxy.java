package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HAProxy in HTTP mode with one thread and reuse of backend connections. */
public final class Haproxy implements Peer {
  private final Optional<Path> program = Executables.find("haproxy");

  @Override
  public String name() {
    return "HAProxy";
  }

  @Override
  public Optional<String> missing() {
    return program.isPresent() ? Optional.empty() : Optional.of("haproxy is not installed");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    int port = workplace.freePort();
    Path configuration =
        workplace.configure(
            "haproxy.cfg",
            Map.of("port", Integer.toString(port), "backend", "127.0.0.1:" + backendPort));
    String haproxy = program.orElseThrow().toString();
    List<String> command = List.of(haproxy, "-db", "-f", configuration.toString());
    Child process =
        Child.start(name(), workplace.folder(), workplace.cores().onGatewayCore(command), Map.of());
    process.awaitPort(port);
    String version = Executables.firstLine(haproxy, "-v").replaceFirst("^.*version (\\S+).*", "$1");
    return new Running(name(), version, process, Target.at(port), Optional.empty());
  }
}
