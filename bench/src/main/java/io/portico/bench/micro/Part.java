package io.portico.bench.micro;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a benchmark measures, in the words of the table. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Part {
  String value();
}
