package io.fouriermasks.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {

  @ParameterizedTest
  @CsvSource({
    "GET,    /,                         VIEWER",
    "HEAD,   /jobs/12,                  VIEWER",
    "GET,    /api/jobs/12/points,       VIEWER",
    "POST,   /api/jobs/12/cancel,       RESEARCHER",
    "POST,   /api/jobs/12/cancel/x,     ADMIN",
    "POST,   /jobs,                     ADMIN",
    "DELETE, /api/jobs/12,              RESEARCHER",
    "DELETE, /api/jobs,                 ADMIN",
    "GET,    /api/users,                ADMIN",
    "GET,    /api/audit,                ADMIN",
    "GET,    /api/users;x=/api/jobs,    ADMIN",
    "GET,    /api,                      ADMIN",
    "GET,    /q/dev,                    ADMIN",
    "GET,    /api/not-thought-of,       ADMIN",
    "TRACE,  /api/jobs,                 ADMIN"
  })
  void what_nobody_has_thought_of_is_for_administrators(String method, String path, Role needed) {
    assertThat(Permissions.needed(method, path)).isEqualTo(needed);
  }
}
