package io.portico.gateway.jsonpath;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Predicate;
import com.jayway.jsonpath.internal.function.PathFunctionFactory;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.json.JsonList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath, parsed once. Immutable; any number of threads may evaluate it at once.
 *
 * <p>Paths of names and indexes only, which most are, are followed directly; all others by Jayway,
 * which is given filters with regular expressions ({@code =~}) as {@link RegexFilter}: the
 * backtracking of its own could not be stopped.
 */
public final class CompiledPath {
  private static final int MAX_LENGTH = 2048;
  private static final Pattern FILTER = Pattern.compile("\\[ *\\? *\\((.*)\\) *]", Pattern.DOTALL);
  private static final Pattern FUNCTION = Pattern.compile("\\.(\\w+)\\(");

  /** What stands in quotes or, as a regular expression, in slashes. */
  private static final Pattern TEXT =
      Pattern.compile("'(\\\\.|[^'])*+'|\"(\\\\.|[^\"])*+\"|/(\\\\.|[^/])*+/");

  private final String text;
  private final @Nullable SimplePath simple;
  private final @Nullable JsonPath jayway;

  private CompiledPath(String text, @Nullable SimplePath simple, @Nullable JsonPath jayway) {
    this.text = text;
    this.simple = simple;
    this.jayway = jayway;
  }

  /**
   * @param path such as {@code $.store.book[0].title}; {@code $.} may be left out
   * @throws JsonPathException if it is no JSONPath, or one that cannot be bounded
   */
  public static CompiledPath compile(String path) {
    if (path.length() > MAX_LENGTH) {
      throw new JsonPathException("a JSONPath longer than " + MAX_LENGTH + " characters");
    }
    SimplePath simple = SimplePath.parse(path);
    if (simple != null) {
      return new CompiledPath(path, simple, null);
    }
    try {
      checkFunctions(path);
      return new CompiledPath(path, null, ofJayway(path));
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw new JsonPathException("not a JSONPath: " + path + ": " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new JsonPathException("a JSONPath nested too deeply: " + path);
    }
  }

  /** The path, its filters with regular expressions in the places that are left for them. */
  private static JsonPath ofJayway(String path) {
    if (!path.contains(RegexFilter.OPERATOR)) {
      return JsonPath.compile(path);
    }
    StringBuilder rest = new StringBuilder();
    List<Predicate> filters = new ArrayList<>();
    int at = 0;
    while (at < path.length()) {
      int end = PathText.behind(path, at);
      if (end < 0) {
        throw new JsonPathException("not a JSONPath: " + path);
      }
      String part = path.substring(at, end);
      Matcher filter = FILTER.matcher(part);
      if (filter.matches() && part.contains(RegexFilter.OPERATOR)) {
        filters.add(RegexFilter.parse(filter.group(1)));
        rest.append("[?]");
      } else {
        rest.append(part);
      }
      at = end;
    }
    if (rest.indexOf(RegexFilter.OPERATOR) >= 0) {
      throw new JsonPathException("a regular expression that is in no filter: " + path);
    }
    return JsonPath.compile(rest.toString(), filters.toArray(Predicate[]::new));
  }

  /** Jayway does not look for them before it calls them. */
  private static void checkFunctions(String path) {
    Matcher function = FUNCTION.matcher(TEXT.matcher(path).replaceAll(""));
    while (function.find()) {
      PathFunctionFactory.newFunction(function.group(1));
    }
  }

  /**
   * What the path finds in a document of plain values. A path that can find many things gives a
   * {@link JsonList}.
   *
   * @param time what the evaluation may take
   * @return null for a JSON null, for a definite path that finds nothing, and for a document of
   *     values that the path cannot be applied to
   * @throws JsonPathException if the evaluation takes longer, or more steps than a document can
   *     need
   */
  public @Nullable Object read(@Nullable Object document, ComputeTime time) {
    if (simple != null) {
      return simple.read(document);
    }
    if (jayway == null || document == null) {
      return null;
    }
    Configuration configuration =
        Configuration.builder()
            .jsonProvider(new PlainValues(time))
            .mappingProvider(NoMapping.INSTANCE)
            .options(Set.of())
            .build();
    try {
      return jayway.read(document, configuration);
    } catch (JsonPathException e) {
      throw e;
    } catch (RuntimeException e) {
      // What there is not, is an exception of Jayway's. So is, of whatever kind its code runs into,
      // a value that is not what the path expects: the first of no elements, a filter of a number.
      return null;
    } catch (StackOverflowError e) {
      throw new JsonPathException(text + ": nested too deeply");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
