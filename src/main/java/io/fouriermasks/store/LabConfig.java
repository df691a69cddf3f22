package io.fouriermasks.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of the lab, {@code fourier-masks.*}. */
@ConfigMapping(prefix = "fourier-masks")
public interface LabConfig {

  /** Folder of the database and the artefacts. Default: {@code data} in the working directory. */
  @WithDefault("data")
  Path dataDir();

  /**
   * Address of the PostgreSQL that several processes share, {@code
   * postgresql://USER:PASSWORD@HOST:PORT/NAME}. Default: none, an H2 file in the data folder, which
   * one process uses alone.
   */
  Optional<String> databaseUrl();

  /** User of that database, if its address names none. */
  Optional<String> databaseUser();

  /** Password of that user, if the address has none. */
  Optional<String> databasePassword();

  /**
   * Folder of the starter kit, with {@code models/FAMILY}, {@code masks/FAMILY} and {@code
   * photos/val}. Default: none.
   */
  Optional<Path> samplesDir();

  /**
   * Folders with image folders that jobs may use beside the samples and {@code DATA/datasets}.
   * Default: none.
   */
  Optional<List<Path>> dataRoots();

  /** Root of the checkout, given by the launcher. Default: none. */
  Optional<Path> home();

  /** {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}. Default: {@code auto}. */
  @WithDefault("auto")
  String device();

  /** Space on the data folder's disk that is left to the database. Default: 100M. */
  @WithDefault("100M")
  MemorySize minFree();

  /** Free space below which the health says that the disk fills. Default: 500M. */
  @WithDefault("500M")
  MemorySize lowFree();

  /** Whether the log is JSON, one object a line. Default: false, lines for people. */
  @WithDefault("false")
  boolean logJson();

  /** What this process does of the lab's work. Default: {@code both}. */
  @WithDefault("both")
  Role role();

  /** What a process does. */
  enum Role {
    /** Answers browsers and does jobs. */
    BOTH,
    /** Answers browsers; others do the jobs. */
    SERVER,
    /** Does jobs. */
    WORKER
  }

  /**
   * Names under which the server may be called beside localhost, 127.0.0.1 and [::1]. Default:
   * none.
   */
  Optional<List<String>> allowedHosts();

  /** Who may come in. */
  Access access();

  /** Access for other machines. */
  interface Access {

    /**
     * Whether a token is needed; {@code serve} asks for one unless it listens on this machine only.
     * Default: false.
     */
    @WithDefault("false")
    boolean required();

    /** Most wrong tokens that an address may try in a minute; 0 is any number. Default: 10. */
    @WithDefault("10")
    int maxWrongTokensPerMinute();

    /** The token. Default: one is drawn at the first start that needs one, and shown once. */
    Optional<String> token();
  }

  /** What one user may use, where users are told from each other. */
  @WithParentName
  PerUser perUser();

  /**
   * Limits of one user, the administrator with the first token among them. A lab that needs no
   * token knows nobody, and limits nobody.
   */
  interface PerUser {

    /** Most jobs that have not ended; 0 is any number. Default: 1000. */
    @WithDefault("1000")
    int maxJobsPerUser();

    /**
     * Most bytes that one may keep: photographs, what jobs made, models, datasets. Default: any
     * number.
     */
    Optional<MemorySize> maxStoragePerUser();

    /** Most requests below {@code /api} in a minute; 0 is any number. Default: 6000. */
    @WithDefault("6000")
    int maxRequestsPerMinute();
  }

  /** The provider of OpenID Connect through which people sign in who have no token. */
  Oidc oidc();

  /** Where it is, and what its words mean here. */
  interface Oidc {

    /**
     * Its issuer, such as {@code https://login.example.org/realms/lab}. Default: none. With one the
     * lab is locked on every address.
     */
    Optional<URI> url();

    /** What the provider knows the lab as. */
    Optional<String> clientId();

    /** What the lab shows it. Default: none, the lab is a public client. */
    Optional<String> clientSecret();

    /** What people call the provider. Default: the host of its address. */
    Optional<String> name();

    /** What tokens of programs may be made out to instead of the client. Default: none. */
    Optional<String> audience();

    /** What is asked for beside {@code openid}. Default: {@code profile,email}. */
    @WithDefault("profile,email")
    List<String> scopes();

    /**
     * The claim that is somebody's name. Default: {@code preferred_username}, else {@code email},
     * else {@code sub}.
     */
    Optional<String> nameClaim();

    /** The claim that says who may do what; {@code /} leads into objects. Default: groups. */
    @WithDefault("groups")
    String rolesClaim();

    /** Values of that claim that make an administrator. Default: none. */
    Optional<Set<String>> admins();

    /** Values that make a researcher. Default: none. */
    Optional<Set<String>> researchers();

    /** Values that make a viewer. Default: whoever the provider knows is one. */
    Optional<Set<String>> viewers();

    /**
     * Whether browsers reach the lab by https, through a proxy that says so to nobody. Default:
     * false.
     */
    @WithDefault("false")
    boolean https();
  }

  /** The object storage that the files of several machines go to. */
  Objects objects();

  /** Where it is; its keys are not among the settings. */
  interface Objects {

    /**
     * The bucket, {@code s3://BUCKET} or {@code s3://BUCKET/PREFIX}. Default: none, files lie in
     * the data folder alone. Keys come from where AWS's programs look for them, such as {@code
     * AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}.
     */
    Optional<String> url();

    /** Address of a server that is not AWS's, such as {@code http://minio:9000}. Default: AWS. */
    Optional<URI> endpoint();

    /** Region of the bucket. Default: what AWS's programs take, else {@code us-east-1}. */
    Optional<String> region();
  }

  /** How long is kept what no result consists of; 0 is for ever. */
  Retention retention();

  /** Ages at which things are removed. */
  interface Retention {

    /**
     * Since a job has failed, until the checkpoints that a retry would go on from go. Default: 30d.
     */
    @WithDefault("P30D")
    Duration checkpoints();

    /** Since a job has ended, until its masks on their way go, but for the newest. Default: 90d. */
    @WithDefault("P90D")
    Duration previews();

    /**
     * Since a job was deleted, until it and what it made are removed; so long it can be restored.
     * Default: 1d.
     */
    @WithDefault("P1D")
    Duration deleted();

    /** Since a file was last written that a process has left unfinished. Default: 1d. */
    @WithDefault("P1D")
    Duration temporaries();
  }

  /** What an upload may cost. */
  Uploads uploads();

  /** Limits of one upload. */
  interface Uploads {

    /** Most bytes of one file. Default: 20M. */
    @WithDefault("20M")
    MemorySize maxFileSize();

    /** Most files in one request. Default: 1000. */
    @WithDefault("1000")
    int maxFiles();

    /** Longest time to decode one file. Default: 20 seconds. */
    @WithDefault("PT20S")
    Duration timeLimit();

    /** Files decoded at the same time. Default: 2. */
    @WithDefault("2")
    int threads();
  }
}
