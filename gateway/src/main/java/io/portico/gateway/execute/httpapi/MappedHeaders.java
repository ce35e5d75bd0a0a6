package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.httpapi.ParameterChange;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Place;
import java.util.List;

/** Headers as parameter mappings change them. */
final class MappedHeaders {
  private MappedHeaders() {}

  /**
   * The headers with those changes that are of headers. A value that is missing changes nothing.
   */
  static Headers of(Headers headers, List<ParameterChange> changes, MappedValues values) {
    if (changes.isEmpty()) {
      return headers;
    }
    Headers.Builder changed = headers.toBuilder();
    for (ParameterChange change : changes) {
      if (change.place() == Place.HEADER) {
        apply(change, changed, values);
      }
    }
    return changed.build();
  }

  private static void apply(ParameterChange change, Headers.Builder headers, MappedValues values) {
    switch (change.action()) {
      case REMOVE -> headers.remove(change.name());
      case APPEND, OVERWRITE -> {
        String value = values.headerText(change.value());
        if (value != null) {
          if (change.action() == ParameterChange.Action.OVERWRITE) {
            headers.remove(change.name());
          }
          HeaderText.add(headers, change.name(), value);
        }
      }
    }
  }
}
