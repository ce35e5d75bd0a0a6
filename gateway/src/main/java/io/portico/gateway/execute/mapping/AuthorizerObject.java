package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.AuthorizerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $context.authorizer} in a template, behind an authorizer. */
final class AuthorizerObject extends NamedValues {
  private static final String CLAIMS = "claims";

  private final Map<String, String> texts;
  private final @Nullable NamedValues claims;

  AuthorizerObject(AuthorizerContext said) {
    this.texts = said.values();
    this.claims = said.claims() == null ? null : new Texts(said.claims());
  }

  @Override
  List<String> names() {
    List<String> names = new ArrayList<>(texts.keySet());
    if (claims != null) {
      names.add(CLAIMS);
    }
    return names;
  }

  @Override
  public @Nullable Object property(String name) {
    return claims != null && name.equals(CLAIMS) ? claims : texts.get(name);
  }

  /** Texts that a template cannot change. */
  private static final class Texts extends NamedValues {
    private final Map<String, String> texts;

    Texts(Map<String, String> texts) {
      this.texts = texts;
    }

    @Override
    List<String> names() {
      return List.copyOf(texts.keySet());
    }

    @Override
    public @Nullable Object property(String name) {
      return texts.get(name);
    }
  }
}
