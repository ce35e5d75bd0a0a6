package io.portico.gateway.execute.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, in words.
 *
 * @param check which of the gateway's checks said no, such as {@code routing}
 * @param words what it found, naming where that stands
 * @param setting what says so in AWS's API, or null where it is no setting's
 * @param advice what to do, or null where there is nothing
 * @param nearest routes that come nearest, where nothing matched
 */
record Reason(
    String check,
    String words,
    @Nullable String setting,
    @Nullable String advice,
    List<String> nearest) {

  static Reason of(String check, String words, @Nullable String setting, @Nullable String advice) {
    return new Reason(check, words, setting, advice, List.of());
  }
}
