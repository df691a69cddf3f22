package io.fouriermasks.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.RsaJsonWebKey;

/** A provider of OpenID Connect that insists on PKCE and a nonce, and lets everybody be anna. */
public class OidcProvider implements QuarkusTestResourceLifecycleManager {

  static final String CLIENT = "the-lab";

  private static final KeyPair KEYS = keys();
  private static volatile String issuer;

  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private HttpServer server;

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Claims of somebody in these groups, made out to the lab for an hour. */
  static JwtClaimsBuilder claims(String name, String... groups) {
    return Jwt.claims()
        .issuer(issuer)
        .audience(CLIENT)
        .subject("subject of " + name)
        .preferredUserName(name)
        .groups(Set.of(groups))
        .issuedAt(Instant.now())
        .expiresAt(Instant.now().plusSeconds(3600));
  }

  static String signed(JwtClaimsBuilder claims) {
    return signed(claims, KEYS);
  }

  static String signed(JwtClaimsBuilder claims, KeyPair keys) {
    return claims.jws().keyId("one").sign(keys.getPrivate());
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    RsaJsonWebKey key = new RsaJsonWebKey((RSAPublicKey) KEYS.getPublic());
    key.setKeyId("one");
    answer(
        "/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys"}
        """
            .formatted(issuer));
    answer("/keys", "{\"keys\": [%s]}".formatted(key.toJson()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
    return Map.of("fourier-masks.oidc.url", issuer);
  }

  private void answer(String path, String json) {
    server.createContext(path, exchange -> send(exchange, 200, json));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : List.of(text.split("&"))) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    if (!"S256".equals(asked.get("code_challenge_method")) || asked.get("nonce") == null) {
      send(exchange, 400, "{}");
      return;
    }
    codes.put("code" + codes.size(), asked);
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            "%s?code=code%d&state=%s"
                .formatted(asked.get("redirect_uri"), codes.size() - 1, asked.get("state")));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> sent =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Map<String, String> asked = codes.get(sent.get("code"));
    if (asked == null
        || !asked.get("code_challenge").equals(challenge(sent.get("code_verifier")))) {
      send(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    String token = signed(claims("anna", "scientists").claim("nonce", asked.get("nonce")));
    send(
        exchange,
        200,
        """
        {"access_token": "%1$s", "id_token": "%1$s", "token_type": "Bearer", "expires_in": 3600}
        """
            .formatted(token));
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
