//! Look-alikes of Han characters that PDF fonts leave behind, e.g. the radical `⼈` for `人`.

use std::sync::LazyLock;

/// The character a reader of the page sees: `⼀` (a radical) is `一`, `⻋` is `车`; others stay themselves.
pub(super) fn unified(c: char) -> char {
    static TABLES: LazyLock<[(u32, Vec<char>); 3]> = LazyLock::new(|| {
        [
            (0x2E80, SUPPLEMENT.chars().collect()),
            (0x2F00, KANGXI.chars().collect()),
            (0xF900, COMPATIBILITY.chars().collect()),
        ]
    });
    let code = c as u32;
    for (first, table) in TABLES.iter() {
        if let Some(&to) = code.checked_sub(*first).and_then(|at| table.get(at as usize)) {
            return if to == '〓' { c } else { to };
        }
    }
    c
}

/// U+2E80..U+2EF3: only those with one modern character; `〓` where there is none.
const SUPPLEMENT: &str = "\
    〓厂〓〓乙〓〓几刀〓卜〓小小〓〓〓〓〓〓〓〓心心手〓〓〓日月〓母民水水火爪〓〓牛犬玉疋目示\
    示竹糸〓〓〓〓〓〓羊羊〓老〓〓肉臼艹〓〓虎衣西西见角〓〓贝足车〓〓〓〓〓〓〓长门〓阜雨青韦\
    页风飞食食食饣〓马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟亀龟";

/// U+2F00..U+2FD5; `戶` is given as the simplified `户`.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮\
    山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿\
    片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌\
    舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音\
    頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// U+F900..U+FAD9, as Unicode NFKC has them.
const COMPATIBILITY: &str = "\
    豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎\
    來冷勞擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵\
    讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵呂女廬旅濾礪閭\
    驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈\
    領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易\
    李梨泥理痢罹裏裡里離匿溺吝燐璘藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀\
    〓〓塚〓晴〓〓凞猪益礼神祥福靖精羽〓蘒〓諸〓〓逸都〓〓〓飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨\
    層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸\
    難響頻恵𤋮舘〓〓並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖\
    歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈\
    輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";
