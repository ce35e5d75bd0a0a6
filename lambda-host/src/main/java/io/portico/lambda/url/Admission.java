package io.portico.lambda.url;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What came of asking who calls a function URL. */
sealed interface Admission {

  /**
   * He may.
   *
   * @param caller with what he has signed, or null where nobody has to
   */
  record Admitted(@Nullable AccessKey caller) implements Admission {}

  /** He may not. */
  record Refused(HttpResponse answer) implements Admission {}
}
