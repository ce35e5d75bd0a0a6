package io.portico.gateway.jsonpath;

import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.json.JsonList;
import io.portico.gateway.json.PlainJson;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Plain JSON values for Jayway, counting what one evaluation touches: a path like {@code
 * $..*..*..*} multiplies.
 */
final class PlainValues extends AbstractJsonProvider {
  /** Enough to scan a document of 10 MB; a path that needs more multiplies. */
  private static final int MAX_STEPS = 20_000_000;

  private static final int CLOCK_INTERVAL = 1024;

  private final ComputeTime time;
  private int steps;
  private int untilClock = CLOCK_INTERVAL;

  /**
   * @param time what the evaluation may take
   */
  PlainValues(ComputeTime time) {
    this.time = time;
  }

  /**
   * One step more.
   *
   * @throws JsonPathException if there are too many, or the time is up
   */
  void step() {
    step(0);
  }

  private void step(int count) {
    steps += count + 1;
    if (--untilClock <= 0) {
      untilClock = CLOCK_INTERVAL;
      if (time.isOver()) {
        throw new JsonPathException("the path takes too long");
      }
    }
    if (steps > MAX_STEPS || steps < 0) {
      throw new JsonPathException("the path takes too many steps");
    }
  }

  /** For literals in a filter. */
  @Override
  public @Nullable Object parse(String json) {
    try {
      return PlainJson.parseLax(json);
    } catch (JacksonException e) {
      throw new JsonPathException("a literal that is no JSON: " + json);
    }
  }

  @Override
  public Object parse(InputStream json, String charset) {
    throw new UnsupportedOperationException(
        "documents are parsed before: " + Charset.forName(charset));
  }

  @Override
  public String toJson(Object value) {
    return PlainJson.text(value);
  }

  @Override
  public Object createArray() {
    return new JsonList();
  }

  @Override
  public Object createMap() {
    return new LinkedHashMap<String, Object>();
  }

  @Override
  public boolean isMap(@Nullable Object value) {
    step(0);
    return super.isMap(value);
  }

  @Override
  public boolean isArray(@Nullable Object value) {
    step(0);
    return super.isArray(value);
  }

  @Override
  public @Nullable Object getArrayIndex(Object array, int index) {
    step(0);
    return super.getArrayIndex(array, index);
  }

  @Override
  public @Nullable Object getMapValue(Object object, String name) {
    step(0);
    return super.getMapValue(object, name);
  }

  @Override
  public Collection<String> getPropertyKeys(Object object) {
    Collection<String> names = super.getPropertyKeys(object);
    step(names.size());
    return names;
  }

  @Override
  public Iterable<?> toIterable(Object array) {
    step(super.length(array));
    return super.toIterable(array);
  }

  @Override
  public void setArrayIndex(Object array, int index, Object value) {
    step(0);
    super.setArrayIndex(array, index, value);
  }
}
