package io.portico.conformance.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A certificate that an authority of its own has signed, made by the JDK's own tool. */
public record SignedByAuthority(
    X509Certificate certificate, PrivateKey key, X509Certificate authority) {
  private static final String LEAF = "leaf";
  private static final String AUTHORITY = "authority";

  /**
   * Makes both.
   *
   * @param folder where the tool leaves them
   * @param name the domain name that the certificate is for
   */
  public static SignedByAuthority make(Path folder, String name)
      throws IOException, GeneralSecurityException {
    KeyTool tool = new KeyTool(folder, name + ".chain.p12");
    tool.generate(AUTHORITY, "authority of " + name, "-ext", "bc:c");
    tool.generate(LEAF, name, "-ext", "san=dns:" + name, "-signer", AUTHORITY);
    return of(tool, LEAF);
  }

  /**
   * Makes several, of one authority.
   *
   * @param options of each, as the JDK's tool has them, by a name for it
   * @return by that name
   * @see #make
   */
  public static Map<String, SignedByAuthority> makeAll(
      Path folder, Map<String, List<String>> options) throws IOException, GeneralSecurityException {
    KeyTool tool = new KeyTool(folder, "all.chain.p12");
    tool.generate(AUTHORITY, "authority", "-ext", "bc:c", "-startdate", "-30d");
    Map<String, SignedByAuthority> made = new HashMap<>();
    for (Map.Entry<String, List<String>> each : options.entrySet()) {
      List<String> all = new ArrayList<>(List.of("-signer", AUTHORITY));
      all.addAll(each.getValue());
      tool.generate(each.getKey(), each.getKey(), all.toArray(String[]::new));
      made.put(each.getKey(), of(tool, each.getKey()));
    }
    return made;
  }

  private static SignedByAuthority of(KeyTool tool, String alias)
      throws IOException, GeneralSecurityException {
    return new SignedByAuthority(
        tool.certificate(alias), tool.key(alias), tool.certificate(AUTHORITY));
  }

  /** A store that has it as its only entry. */
  KeyStore store(char[] password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(LEAF, key, password, new Certificate[] {certificate});
    return store;
  }

  public String certificatePem() throws GeneralSecurityException {
    return KeyTool.pem("CERTIFICATE", certificate.getEncoded());
  }

  public String keyPem() {
    return KeyTool.pem("PRIVATE KEY", key.getEncoded());
  }

  public String chainPem() throws GeneralSecurityException {
    return KeyTool.pem("CERTIFICATE", authority.getEncoded());
  }
}
