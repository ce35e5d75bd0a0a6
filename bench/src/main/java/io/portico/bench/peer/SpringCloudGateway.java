package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spring Cloud Gateway on WebFlux, in a JVM of its own; Maven builds it from {@code
 * bench/peers/spring}.
 */
public final class SpringCloudGateway implements Peer {
  private static final String FOLDER = "spring";
  private static final int BUILD_MINUTES = 10;
  private static final Pattern LIBRARY =
      Pattern.compile("BOOT-INF/lib/spring-cloud-gateway-server-webflux-(.+)\\.jar");

  private final Optional<Path> maven = Executables.find("mvn");

  @Override
  public String name() {
    return "Spring Cloud Gateway";
  }

  @Override
  public Optional<String> missing() {
    return maven.isPresent()
        ? Optional.empty()
        : Optional.of("Spring Cloud Gateway is fetched by Maven, and mvn is not installed");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    Path project = workplace.peers().resolve(FOLDER);
    build(project.resolve("pom.xml"));
    Path jar = project.resolve("target/gateway.jar");
    int port = workplace.freePort();
    Path configuration =
        workplace.configure(
            FOLDER + "/application.yaml",
            Map.of("port", Integer.toString(port), "backend", "127.0.0.1:" + backendPort));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar.toString(),
            "--spring.config.location=" + configuration);
    Child process =
        Child.start(name(), workplace.folder(), workplace.cores().onGatewayCore(command), Map.of());
    process.awaitPort(port);
    return new Running(name(), version(jar), process, Target.at(port), Optional.empty());
  }

  /** Maven does no more than it must: once it is built, that is a matter of seconds. */
  private void build(Path pom) {
    System.out.println("building Spring Cloud Gateway; the first time fetches it");
    ProcessBuilder command =
        new ProcessBuilder(
                maven.orElseThrow().toString(), "-q", "-B", "-ntp", "-f", pom.toString(), "package")
            .inheritIO();
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process build = command.start();
      if (!build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
        build.destroy();
        throw new BenchFailure(
            "Maven did not build Spring Cloud Gateway in " + BUILD_MINUTES + " minutes");
      }
      if (build.exitValue() != 0) {
        throw new BenchFailure("Maven could not build Spring Cloud Gateway, see above");
      }
    } catch (IOException e) {
      throw new BenchFailure("cannot run Maven: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while Maven built Spring Cloud Gateway", e);
    }
  }

  private static String version(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> LIBRARY.matcher(entry.getName()))
          .filter(Matcher::matches)
          .map(library -> library.group(1))
          .findFirst()
          .orElseThrow(() -> new BenchFailure(jar + " has no Spring Cloud Gateway in it"));
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + jar + ": " + e.getMessage(), e);
    }
  }
}
