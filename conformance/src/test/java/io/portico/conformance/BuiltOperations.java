package io.portico.conformance;

import io.portico.conformance.client.AwsService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The operations of AWS's models: those that Portico has, and those that it says it has not. */
public final class BuiltOperations {
  private static final Path REPOSITORY = Path.of(System.getProperty("portico.repository", ".."));
  private static final Path PAGE = REPOSITORY.resolve("docs/not-implemented.md");
  private static final Path TABLES =
      REPOSITORY.resolve("gateway/src/main/resources/io/portico/gateway/control/protocol");
  private static final Pattern IN_TABLE = Pattern.compile("(?m)^operation (\\w+) ");
  private static final Pattern ON_PAGE = Pattern.compile("\\b([A-Z][A-Za-z0-9]+)\\b");

  private BuiltOperations() {}

  /** The names of those that Portico has. */
  public static Set<String> of(AwsService service) {
    Set<String> built = modelled(service);
    built.removeAll(missing(service));
    return built;
  }

  static Set<String> modelled(AwsService service) {
    return found(IN_TABLE, read(TABLES.resolve(service.command() + ".operations")));
  }

  /** What stands in the last paragraph of a section of {@code docs/not-implemented.md}. */
  static Set<String> missing(AwsService service) {
    String section =
        Arrays.stream(read(PAGE).split("\n## ", -1))
            .filter(text -> text.startsWith(service.command() + " "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(PAGE + " has no section of " + service));
    if (section.lines().findFirst().orElse("").contains(": 0 of ")) {
      return Set.of();
    }
    String[] paragraphs = section.strip().split("\n\n", -1);
    return found(ON_PAGE, paragraphs[paragraphs.length - 1]);
  }

  private static Set<String> found(Pattern operation, String text) {
    return operation
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
