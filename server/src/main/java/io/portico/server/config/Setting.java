package io.portico.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The documentation of a configuration key, on the record component that holds it: what {@code
 * portico config --help} and {@code docs/configuration.md} print, and what its value is checked
 * against.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** What it is for, in a sentence or two. */
  String value();

  /** The value where nothing is set, written as in the file; empty for none. */
  String byDefault();

  /** For a number without a unit of its own: what it counts. */
  String unit() default "";

  /** Least value of a number; for a duration, in milliseconds. */
  long min() default 0;

  /** Greatest value of a number; for a duration, in milliseconds. */
  long max() default Long.MAX_VALUE;

  /** For text: the regular expression it matches as a whole. */
  String pattern() default "";

  /** For text with a pattern: the pattern in words, after "allowed is". */
  String allowed() default "";

  /** Whether its value is shown nowhere. */
  boolean secret() default false;
}
