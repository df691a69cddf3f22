package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseAddressTest {

  @Test
  void an_address_names_host_port_database_user_and_password() {
    DatabaseAddress address =
        DatabaseAddress.parse(
            "postgresql://lab:s%40cret+1@db.example.org:5433/lab?sslmode=require");
    assertThat(address.jdbc())
        .isEqualTo("jdbc:postgresql://db.example.org:5433/lab?sslmode=require");
    assertThat(address.user()).contains("lab");
    assertThat(address.password()).contains("s@cret+1");
  }

  @Test
  void what_the_address_leaves_out_comes_from_variables_of_its_own() {
    DatabaseAddress address =
        DatabaseAddress.of(
                Map.of(
                    DatabaseAddress.URL,
                    "jdbc:postgresql://db/lab",
                    "FOURIER_MASKS_DATABASE_USER",
                    "lab",
                    "FOURIER_MASKS_DATABASE_PASSWORD",
                    "secret"))
            .orElseThrow();
    assertThat(address.jdbc()).isEqualTo("jdbc:postgresql://db/lab");
    assertThat(address.login()).containsEntry("user", "lab").containsEntry("password", "secret");
    assertThat(DatabaseAddress.of(Map.of(DatabaseAddress.URL, " "))).isEqualTo(Optional.empty());
  }

  @Test
  void what_is_no_address_is_refused_without_repeating_its_password() {
    for (String wrong :
        new String[] {"mysql://lab:secret@db/lab", "postgresql://lab:secret@db", "secret at db"}) {
      assertThatThrownBy(() -> DatabaseAddress.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("postgresql://USER:PASSWORD@HOST:PORT/NAME")
          .hasMessageNotContaining("secret@db/lab")
          .hasMessageNotContaining("secret at db");
    }
    assertThat(DatabaseAddress.parse("postgresql://lab:secret@db/lab"))
        .asString()
        .doesNotContain("secret");
  }
}
