package io.portico.gateway.jsonpath;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.mapper.MappingException;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import org.jspecify.annotations.Nullable;

/** Results stay plain values: nothing is mapped to classes. Functions ask for numbers and texts. */
final class NoMapping implements MappingProvider {
  static final NoMapping INSTANCE = new NoMapping();

  private NoMapping() {}

  @Override
  public <T> @Nullable T map(
      @Nullable Object source, Class<T> target, Configuration configuration) {
    if (source == null || target.isInstance(source)) {
      return target.cast(source);
    }
    throw new MappingException(
        "no " + target.getSimpleName() + ": " + source.getClass().getSimpleName());
  }

  @Override
  public <T> T map(Object source, TypeRef<T> target, Configuration configuration) {
    throw new MappingException("values are not mapped to " + target.getType());
  }
}
