package io.portico.bench.peer;

import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx with one worker, proxying to a keep-alive upstream. */
public final class Nginx implements Peer {
  private static final String SUPERUSER = "root";

  private final Optional<Path> program = Executables.find("nginx");
  private final String name;
  private final String configuration;
  private final Scheme scheme;
  private final Places places;

  /** What stands in the places of a configuration file that only this run knows. */
  @FunctionalInterface
  public interface Places {
    Map<String, String> fill(Workplace workplace);
  }

  /** One that is called in the clear; {@code configuration} is its file in {@code bench/peers}. */
  public Nginx(String name, String configuration) {
    this(name, configuration, Scheme.HTTP, workplace -> Map.of());
  }

  /**
   * One nginx.
   *
   * @param name what the table calls it
   * @param configuration its file in {@code bench/peers}
   * @param places of the file, besides those that every one has: the folder {@code prefix}, {@code
   *     port}, {@code backend} and, of HTTPS, {@code certificate} and {@code key}
   */
  public Nginx(String name, String configuration, Scheme scheme, Places places) {
    this.name = name;
    this.configuration = configuration;
    this.scheme = scheme;
    this.places = places;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> missing() {
    return program.isPresent() ? Optional.empty() : Optional.of("nginx is not installed");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    int port = workplace.freePort();
    Path prefix = workplace.subfolder(name);
    Map<String, String> values = new HashMap<>(places.fill(workplace));
    values.put("prefix", prefix.toString());
    values.put("port", Integer.toString(port));
    values.put("backend", "127.0.0.1:" + backendPort);
    if (scheme == Scheme.HTTPS) {
      Certificate certificate = workplace.certificate();
      values.put("certificate", certificate.chain().toString());
      values.put("key", certificate.key().toString());
    }
    Path file = workplace.configure(configuration, values);
    String nginx = program.orElseThrow().toString();
    List<String> command =
        new ArrayList<>(List.of(nginx, "-p", prefix + "/", "-c", file.toString()));
    if (SUPERUSER.equals(System.getProperty("user.name"))) {
      // By itself its worker would be nobody, who may not write into the run's folder.
      command.addAll(List.of("-g", "user " + SUPERUSER + ";"));
    }
    Child process =
        Child.start(name(), workplace.folder(), workplace.cores().onGatewayCore(command), Map.of());
    process.awaitPort(port);
    String version = Executables.firstLine(nginx, "-v").replaceFirst("^.*nginx/", "");
    return new Running(name(), version, process, Target.at(scheme, port, ""), accessLog(prefix));
  }

  /** nginx creates its logs as it starts. */
  private static Optional<AccessLog> accessLog(Path prefix) {
    return Optional.of(prefix.resolve("access.log")).filter(Files::exists).map(AccessLog::new);
  }
}
