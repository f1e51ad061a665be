//! What an editor shows for an answer: the real rust-analyzer, on a course created by `katas init`.
//!
//! The test uses the language server protocol over standard streams, with no crate except `serde_json`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::common::Course;

/// The time limit for rust-analyzer to load the course, which usually takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);

const MISSING: &str = "rust-analyzer cannot be started; `scripts/with_tools` installs it";

#[test]
fn rust_analyzer_resolves_the_teaching_crate_in_a_starter() {
    let course = Course::empty();
    course.katas("init .").exits(0);
    let file = course.root.join("katas/hf_load/hf_load.rs");
    let text = course.read("katas/hf_load/hf_load.rs");
    let mut server = Server::start(&course.root);
    server.open(&file, &text);

    let linear = server.until(
        "textDocument/definition",
        &file,
        place(&text, "Linear::new"),
        |found| found.as_array().is_some_and(|found| !found.is_empty()),
    );
    let uri = |found: &Value| {
        let found = &found[0];
        let uri = found["targetUri"].as_str().or(found["uri"].as_str());
        uri.expect("a definition has a file").to_owned()
    };
    assert!(uri(&linear).ends_with("/nnx/src/linear.rs"), "{linear}");

    // The documentation is shown with the signature.
    let mut new = place(&text, "Linear::new");
    new["character"] = json!(new["character"].as_u64().expect("a column") + 8);
    let hover = server.until("textDocument/hover", &file, new, |hover| !hover.is_null());
    assert!(hover.to_string().contains("fn new("), "{hover}");

    // Completion after `model.`, while the learner types.
    let typing = text.replace("    todo!(", "    model.\n    todo!(");
    server.change(&file, &typing);
    let mut after = place(&typing, "    model.\n");
    after["character"] = json!(10);
    let items = server.until("textDocument/completion", &file, after, |items| {
        items.to_string().contains("\"kernel\"")
    });
    for name in ["\"bias\"", "call"] {
        assert!(items.to_string().contains(name), "no {name} in {items}");
    }

    // A value of the wrong type is marked in the learner's file.
    let wrong = text.replace(
        "    let model",
        "    let wrong: bool = features;\n    let model",
    );
    server.change(&file, &wrong);
    let found = server.diagnostic(&file, "expected bool, found usize");
    assert_eq!(
        found["range"]["start"],
        place(&wrong, "features;"),
        "{found}"
    );
}

/// The line and column of the first occurrence of a text, counted as in the protocol.
fn place(text: &str, wanted: &str) -> Value {
    let at = text
        .find(wanted)
        .unwrap_or_else(|| panic!("no {wanted:?} in:\n{text}"));
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |rest| rest.chars().count());
    json!({"line": line, "character": column})
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A running rust-analyzer; killed when dropped.
struct Server {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    deadline: Instant,
    last: u64,
    version: u64,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start(root: &Path) -> Self {
        let mut process = Command::new("rust-analyzer")
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect(MISSING);
        let input = process.stdin.take().expect("it was piped");
        let output = process.stdout.take().expect("it was piped");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut server = Self {
            process,
            input,
            messages,
            deadline: Instant::now() + PATIENCE,
            last: 0,
            version: 0,
        };
        let parameters = json!({
            "processId": null,
            "rootUri": uri(root),
            "workspaceFolders": [{"uri": uri(root), "name": "course"}],
            "capabilities": {},
            // As in `.vscode/settings.json`; rust-analyzer finds the rest by the file's name.
            "initializationOptions": {"checkOnSave": false, "cachePriming": {"enable": false}},
        });
        server.ask("initialize", &parameters);
        server.tell("initialized", &json!({}));
        server
    }

    fn open(&mut self, file: &Path, text: &str) {
        let document = json!({"uri": uri(file), "languageId": "rust", "version": 0, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": document}));
    }

    fn change(&mut self, file: &Path, text: &str) {
        self.version += 1;
        let parameters = json!({
            "textDocument": {"uri": uri(file), "version": self.version},
            "contentChanges": [{"text": text}],
        });
        self.tell("textDocument/didChange", &parameters);
    }

    /// Repeats a request until the answer is useful: a server that is still loading returns nothing.
    fn until(
        &mut self,
        method: &str,
        file: &Path,
        place: Value,
        good: impl Fn(&Value) -> bool,
    ) -> Value {
        let parameters = json!({"textDocument": {"uri": uri(file)}, "position": place});
        loop {
            let answer = self.ask(method, &parameters);
            if good(&answer) {
                return answer;
            }
            assert!(Instant::now() < self.deadline, "{method}: still {answer}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits until there is a diagnostic for a file.
    fn diagnostic(&mut self, file: &Path, text: &str) -> Value {
        loop {
            let message = self.receive("diagnostics");
            let parameters = &message["params"];
            let about = message["method"] == "textDocument/publishDiagnostics"
                && parameters["uri"] == uri(file);
            let found = parameters["diagnostics"].as_array().into_iter().flatten();
            for found in found.filter(|_| about) {
                if found["message"]
                    .as_str()
                    .is_some_and(|message| message.contains(text))
                {
                    return found.clone();
                }
            }
        }
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": parameters}));
        loop {
            let message = self.receive(method);
            // If the file changed meanwhile, the request fails and is repeated.
            if message["id"] == id && message.get("method").is_none() {
                return message["result"].clone();
            }
        }
    }

    fn tell(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": parameters}));
    }

    /// The next message; requests from the server are declined.
    fn receive(&mut self, waiting_for: &str) -> Value {
        let left = self.deadline.saturating_duration_since(Instant::now());
        let message = self.messages.recv_timeout(left);
        let message = message.unwrap_or_else(|error| panic!("{waiting_for}: {error}"));
        if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
        }
        message
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let sent = write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len());
        sent.and_then(|()| self.input.flush()).expect(MISSING);
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            line => {
                if let Some(count) = line.strip_prefix("Content-Length: ") {
                    length = count.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
