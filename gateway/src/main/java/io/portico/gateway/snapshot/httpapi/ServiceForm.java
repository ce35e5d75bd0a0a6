package io.portico.gateway.snapshot.httpapi;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form in which a service's action is called. */
public sealed interface ServiceForm {

  /**
   * A JSON document; the action stands in a header.
   *
   * @param target the value of {@code X-Amz-Target}
   * @param list the member in which the parameters are one entry of a list, or null where they are
   *     members themselves
   * @param documents names of parameters whose values are JSON, rather than texts
   */
  record Json(String contentType, String target, @Nullable String list, Set<String> documents)
      implements ServiceForm {}

  /** Parameters in a form, of which {@code Action} is one; the answer is XML. */
  record Query(String action, String version) implements ServiceForm {}

  /**
   * A method and a path, in which parameters stand in braces.
   *
   * @param path begins with a slash
   * @param query names of parameters of the query, by those of the action
   */
  record Rest(String path, Map<String, String> query) implements ServiceForm {}
}
