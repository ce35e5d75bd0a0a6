package io.portico.gateway.jsonpath;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.json.JsonList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath, parsed once. Immutable; any number of threads may evaluate it at once.
 *
 * <p>Paths of names and indexes only, which most are, are followed directly; all others by Jayway.
 * Regular expressions in filters ({@code =~}) are refused: their backtracking could not be stopped.
 */
public final class CompiledPath {
  private static final int MAX_LENGTH = 2048;

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
    if (path.contains("=~")) {
      throw new JsonPathException("regular expressions in filters are not supported: " + path);
    }
    try {
      return new CompiledPath(path, null, JsonPath.compile(path));
    } catch (InvalidPathException | IllegalArgumentException e) {
      throw new JsonPathException("not a JSONPath: " + path + ": " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new JsonPathException("a JSONPath nested too deeply: " + path);
    }
  }

  /**
   * What the path finds in a document of plain values. A path that can find many things gives a
   * {@link JsonList}.
   *
   * @param time what the evaluation may take
   * @return null for a JSON null, and for a definite path that finds nothing
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
    } catch (PathNotFoundException e) {
      return null;
    } catch (com.jayway.jsonpath.JsonPathException | ClassCastException e) {
      throw new JsonPathException(text + ": " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new JsonPathException(text + ": nested too deeply");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
