package io.portico.gateway.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order and casing they were received or set. Names compare
 * case-insensitively; a name may occur more than once.
 *
 * <p>Immutable. Neither name nor value ever holds CR, LF or NUL: {@link Builder#add} refuses them,
 * so that no mapping can split a header.
 */
public final class Headers implements Iterable<Headers.Field> {

  /** One header field. */
  public record Field(String name, String value) {}

  private static final Headers EMPTY = new Headers(new String[0], 0);

  /** Names at even, values at odd positions. */
  private final String[] fields;

  private final int length;

  private Headers(String[] fields, int length) {
    this.fields = fields;
    this.length = length;
  }

  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Headers of alternating names and values.
   *
   * @throws IllegalArgumentException for an odd number of strings or a value that would split
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must alternate");
    }
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** Whether the text is a field's name: a token (RFC 9110, section 5.6.2). */
  public static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
      if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  public static Builder builder() {
    return new Builder(16);
  }

  /** A builder that starts with these fields. */
  public Builder toBuilder() {
    Builder builder = new Builder(length + 8);
    System.arraycopy(fields, 0, builder.fields, 0, length);
    builder.length = length;
    return builder;
  }

  /** The number of fields, repeated names counted each. */
  public int size() {
    return length / 2;
  }

  public String name(int index) {
    return fields[2 * index];
  }

  public String value(int index) {
    return fields[2 * index + 1];
  }

  /** The first value of {@code name}, or null. */
  public @Nullable String first(String name) {
    for (int i = 0; i < length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  /** The last value of {@code name}, or null. */
  public @Nullable String last(String name) {
    for (int i = length - 2; i >= 0; i -= 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  /** Every value of {@code name}, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  public boolean contains(String name) {
    return first(name) != null;
  }

  @Override
  public Iterator<Field> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < length;
      }

      @Override
      public Field next() {
        if (next >= length) {
          throw new NoSuchElementException();
        }
        Field field = new Field(fields[next], fields[next + 1]);
        next += 2;
        return field;
      }
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers that
        && Arrays.equals(fields, 0, length, that.fields, 0, that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + fields[i].hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i += 2) {
      text.append(fields[i].toLowerCase(Locale.ROOT))
          .append(": ")
          .append(fields[i + 1])
          .append('\n');
    }
    return text.toString();
  }

  /** Collects fields; not thread-safe, and of no further use after {@link #build}. */
  public static final class Builder {
    private String[] fields;
    private int length;

    private Builder(int capacity) {
      fields = new String[Math.max(capacity, 16)];
    }

    /**
     * Appends a field, keeping others of the same name.
     *
     * @throws IllegalArgumentException if name or value holds CR, LF or NUL, or the name is empty
     */
    public Builder add(String name, String value) {
      if (name.isEmpty() || splits(name) || splits(value)) {
        throw new IllegalArgumentException("not a header field: " + name);
      }
      return addChecked(name, value);
    }

    /** Appends a field that a strict parser has checked already. */
    public Builder addChecked(String name, String value) {
      if (length == fields.length) {
        fields = Arrays.copyOf(fields, length * 2);
      }
      fields[length++] = name;
      fields[length++] = value;
      return this;
    }

    public Builder addAll(Headers headers) {
      for (int i = 0; i < headers.length; i += 2) {
        addChecked(headers.fields[i], headers.fields[i + 1]);
      }
      return this;
    }

    /** Replaces every field of this name by one, in the casing given. */
    public Builder set(String name, String value) {
      return remove(name).add(name, value);
    }

    public Builder remove(String name) {
      int kept = 0;
      for (int i = 0; i < length; i += 2) {
        if (!fields[i].equalsIgnoreCase(name)) {
          fields[kept] = fields[i];
          fields[kept + 1] = fields[i + 1];
          kept += 2;
        }
      }
      length = kept;
      return this;
    }

    public boolean contains(String name) {
      for (int i = 0; i < length; i += 2) {
        if (fields[i].equalsIgnoreCase(name)) {
          return true;
        }
      }
      return false;
    }

    public Headers build() {
      return length == 0 ? EMPTY : new Headers(fields, length);
    }

    private static boolean splits(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\r' || c == '\n' || c == '\0') {
          return true;
        }
      }
      return false;
    }
  }
}
