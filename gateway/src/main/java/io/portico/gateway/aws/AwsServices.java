package io.portico.gateway.aws;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.aws.AwsService.Protocol;
import io.portico.gateway.aws.AwsService.SingleEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of AWS's services, derived from AWS's published service models; the generator's {@code
 * README.md} describes it.
 */
public final class AwsServices {
  private static final String TABLE = "services.table";

  private final Map<String, AwsService> byName = new HashMap<>();
  private final Map<String, AwsService> bySigningName = new HashMap<>();

  private AwsServices(List<String> lines) {
    Entry entry = null;
    for (String line : lines) {
      if (line.startsWith("service ")) {
        add(entry);
        entry = new Entry(line);
      } else if (line.startsWith("  ") && entry != null) {
        entry.detail(line.strip());
      }
    }
    add(entry);
  }

  /** Read once, when the first of them is asked for. */
  private static final class Loaded {
    static final AwsServices TABLE = read();
  }

  /**
   * A service by its name in addresses, or else by its signing name; one that is not in the table
   * has paths only.
   */
  public static AwsService named(String name) {
    AwsService known = find(name);
    return known == null ? AwsService.unknown(name) : known;
  }

  /** A service by its name in addresses, or else by its signing name; or null. */
  public static @Nullable AwsService find(String name) {
    AwsService known = Loaded.TABLE.byName.get(name);
    return known == null ? Loaded.TABLE.bySigningName.get(name) : known;
  }

  /** A service by its id in the spelling of {@code AWS_ENDPOINT_URL_*}; or null. */
  public static @Nullable AwsService ofVariable(String suffix) {
    return Loaded.TABLE.byName.values().stream()
        .filter(service -> service.variableSuffix().equals(suffix))
        .findFirst()
        .orElse(null);
  }

  /**
   * The services that a person may mean: the one of that id, or else of that name in addresses, or
   * else all that sign under it. Upper case and what stands between words make no difference.
   *
   * @return none where nothing has that name
   */
  public static List<AwsService> meantBy(String name) {
    String spelled = AwsService.variableSuffix(name.strip());
    return Stream.<Function<AwsService, String>>of(
            AwsService::id, AwsService::name, AwsService::signingName)
        .map(
            kind ->
                Loaded.TABLE.byName.values().stream()
                    .filter(
                        service -> AwsService.variableSuffix(kind.apply(service)).equals(spelled))
                    .toList())
        .filter(services -> !services.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static AwsServices read() {
    try (InputStream table = AwsServices.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("the table of AWS's services is missing");
      }
      return new AwsServices(
          new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
              .lines()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(@Nullable Entry entry) {
    if (entry != null) {
      AwsService service = entry.service();
      byName.put(service.name(), service);
      bySigningName.putIfAbsent(service.signingName(), service);
    }
  }

  /** A service while its lines are read. */
  private static final class Entry {
    private final String[] words;
    private @Nullable SingleEndpoint single;
    private String @Nullable [] json;
    private Set<String> booleans = Set.of();
    private Set<String> numbers = Set.of();

    Entry(String line) {
      words = line.split(" ", 6);
    }

    void detail(String line) {
      String[] detail = line.split(" ");
      switch (detail[0]) {
        case "global" -> single = new SingleEndpoint(detail[1], detail[2]);
        case "json" -> json = detail;
        case "boolean" -> booleans = names(detail);
        case "number" -> numbers = names(detail);
        default -> throw new IllegalStateException("in the table of AWS's services: " + line);
      }
    }

    private static Set<String> names(String[] detail) {
      return Set.copyOf(List.of(detail).subList(1, detail.length));
    }

    AwsService service() {
      return new AwsService(
          words[1],
          words[2],
          Protocol.valueOf(words[3].toUpperCase(Locale.ROOT)),
          words[4],
          words[5],
          single,
          json == null ? null : new JsonProtocol(json[1], json[2], booleans, numbers));
    }
  }
}
