package io.portico.lambda.runtime;

import io.portico.lambda.runtime.Interpreter.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interpreters of this machine. Each runtime's is looked for when it is first needed, and kept
 * once it was found.
 */
public final class Interpreters {
  private static final Logger LOG = LoggerFactory.getLogger(Interpreters.class);
  private static final int SECONDS_TO_ANSWER = 10;
  private static final Pattern PATH_SEPARATOR = Pattern.compile(":");

  private final Map<String, Path> configured;
  private final Map<String, String> environment;
  private final Map<RuntimeName, Interpreter> found = new ConcurrentHashMap<>();

  /**
   * @param configured programs by the runtime's name
   * @param environment has {@code PATH} and {@code HOME}, and what names a language's folders
   */
  public Interpreters(Map<String, Path> configured, Map<String, String> environment) {
    this.configured = Map.copyOf(configured);
    this.environment = Map.copyOf(environment);
  }

  /**
   * The interpreter for a runtime: that of its own version, else the oldest newer one.
   *
   * @throws MissingInterpreterException if there is neither
   */
  Interpreter of(RuntimeName runtime) throws MissingInterpreterException {
    Interpreter known = found.get(runtime);
    if (known != null) {
      return known;
    }
    Interpreter interpreter = find(runtime);
    if (found.putIfAbsent(runtime, interpreter) == null) {
      Language language = Language.of(runtime);
      if (!language.isSame(Version.of(runtime.version()), interpreter.version())) {
        LOG.warn(
            "{} runs on {} {} ({}), as there is no {} {} here",
            runtime.name(),
            language.title(),
            interpreter.version(),
            interpreter.program(),
            language.title(),
            runtime.version());
      }
    }
    return interpreter;
  }

  private Interpreter find(RuntimeName runtime) throws MissingInterpreterException {
    Language language = Language.of(runtime);
    Path program = configured.get(runtime.name());
    if (program != null) {
      return ask(language, program)
          .orElseThrow(
              () ->
                  new MissingInterpreterException(
                      "%s, configured for %s in lambda.runtimes, is no %s"
                          .formatted(program, runtime.name(), language.title())));
    }
    Version wanted = Version.of(runtime.version());
    List<Interpreter> candidates = new ArrayList<>();
    Set<Path> asked = new HashSet<>();
    for (Path each : candidates(language, wanted)) {
      if (!asked.add(identity(each))) {
        continue;
      }
      Optional<Interpreter> interpreter = ask(language, each);
      if (interpreter.isPresent()) {
        if (language.isSame(wanted, interpreter.get().version())) {
          return interpreter.get();
        }
        candidates.add(interpreter.get());
      }
    }
    return candidates.stream()
        .filter(each -> each.version().compareTo(wanted) > 0)
        .min(Comparator.naturalOrder())
        .orElseThrow(
            () ->
                new MissingInterpreterException(
                    ("%s needs %s %s, which is not on this machine. Install it, or name its program"
                            + " in lambda.runtimes (PORTICO_LAMBDA_RUNTIMES=%s=/path/to/it).")
                        .formatted(
                            runtime.name(), language.title(), runtime.version(), runtime.name())));
  }

  /** Programs that may be it, the likeliest first. */
  private Set<Path> candidates(Language language, Version wanted) {
    Set<Path> programs = new LinkedHashSet<>();
    String path = environment.getOrDefault("PATH", "");
    language
        .names(wanted)
        .forEach(
            name ->
                PATH_SEPARATOR
                    .splitAsStream(path)
                    .filter(folder -> !folder.isEmpty())
                    .map(folder -> Path.of(folder, name))
                    .filter(Files::isExecutable)
                    .forEach(programs::add));
    for (String pattern : language.patterns()) {
      placed(pattern).ifPresent(place -> expand(Path.of("/"), place, programs));
    }
    return programs;
  }

  /** A pattern from the root on; nothing if it begins with a variable that names no folder. */
  private Optional<String> placed(String pattern) {
    int slash = pattern.indexOf('/');
    if (slash == 0) {
      return Optional.of(pattern);
    }
    String folder =
        pattern.startsWith("~")
            ? environment.getOrDefault("HOME", "/")
            : environment.getOrDefault(pattern.substring(1, slash), "");
    return folder.startsWith("/")
        ? Optional.of(folder + pattern.substring(slash))
        : Optional.empty();
  }

  /**
   * Different for different programs: those of a version manager may be links to one file that goes
   * by its name.
   */
  private static Path identity(Path program) {
    try {
      return program.toRealPath().resolveSibling(String.valueOf(program.getFileName()));
    } catch (IOException e) {
      LOG.debug("{} leads nowhere: {}", program, e.toString());
      return program;
    }
  }

  /** Adds the files that a pattern means, in which a star stands for any name. */
  private static void expand(Path folder, String pattern, Set<Path> into) {
    String rest = pattern.startsWith("/") ? pattern.substring(1) : pattern;
    int slash = rest.indexOf('/');
    String part = slash < 0 ? rest : rest.substring(0, slash);
    List<Path> next = part.contains("*") ? listed(folder, part) : List.of(folder.resolve(part));
    for (Path each : next) {
      if (slash >= 0) {
        if (Files.isDirectory(each)) {
          expand(each, rest.substring(slash), into);
        }
      } else if (Files.isExecutable(each)) {
        into.add(each);
      }
    }
  }

  private static List<Path> listed(Path folder, String glob) {
    List<Path> paths = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
        entries.forEach(paths::add);
      } catch (IOException e) {
        LOG.debug("{} cannot be read: {}", folder, e.toString());
      }
    }
    paths.sort(Comparator.naturalOrder());
    return paths;
  }

  /** What a program says of itself; a version manager's stand-in names the program behind it. */
  private static Optional<Interpreter> ask(Language language, Path program) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(language.question());
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      if (language.answer() == Language.Answer.PROPERTIES) {
        builder.redirectErrorStream(true);
      } else {
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      }
      Process process = builder.start();
      if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0
          ? language.answer().read(printed.lines().toList())
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      LOG.debug("{} is no {}: {}", program, language.title(), e.toString());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
