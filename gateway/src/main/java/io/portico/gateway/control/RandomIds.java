package io.portico.gateway.control;

import java.security.SecureRandom;

/** Ids that cannot be guessed: an API's id is part of its host name. */
public final class RandomIds implements IdSource {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();

  @Override
  public String next(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
